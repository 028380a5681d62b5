//! Wires the rooms together: the web server and the worker in one process, until a signal or a death.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web as actix};
use tokio::sync::watch;

use crate::app::Chance;
use crate::printing::Printer;
use crate::store::pool;
use crate::web::{self, State};

/// A program that does not start or does not go on: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the address {address} is in use by another program; choose another with --listen")]
    PortInUse { address: SocketAddr },
    #[error("the address {address} cannot be listened on: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("the database does not answer: {0}")]
    Database(String),
    #[error("the database is behind this program: run `pilothouse migrate` first")]
    Behind,
    #[error("the mail worker died: {0}")]
    Worker(String),
    #[error("the web server died: {0}")]
    Server(std::io::Error),
}

/// The machine's own randomness.
pub fn chance() -> Chance {
    Chance::new(|bytes| {
        // Without randomness no secret can be made; going on would make guessable ones.
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the machine gives no random bytes: {error}");
        }
    })
}

/// Prints with a browser of the machine, on a thread of its own: it waits for the browser.
pub fn printer(browser: PathBuf) -> Arc<web::Print> {
    let printer = Arc::new(Printer::new(browser, std::env::temp_dir()));
    Arc::new(move |html| {
        let printer = printer.clone();
        Box::pin(async move {
            let printed = actix::block(move || printer.print(&html)).await;
            printed.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
        })
    })
}

/// Brings a database to this program's schema, on a thread of its own (diesel's harness needs one).
///
/// # Errors
/// The database does not answer, or a migration fails.
pub async fn migrate(url: &str) -> Result<Vec<String>, StartError> {
    let url = url.to_owned();
    let done = tokio::task::spawn_blocking(move || pool::migrate(&url)).await;
    done.map_err(|error| StartError::Database(error.to_string()))?
        .map_err(|error| StartError::Database(error.to_string()))
}

/// Refuses a database that does not answer or whose schema is behind.
///
/// # Errors
/// As said.
pub async fn check_database(url: &str) -> Result<(), StartError> {
    let url = url.to_owned();
    let behind = tokio::task::spawn_blocking(move || pool::is_behind(&url)).await;
    match behind.map_err(|error| StartError::Database(error.to_string()))? {
        Ok(false) => Ok(()),
        Ok(true) => Err(StartError::Behind),
        Err(error) => Err(StartError::Database(error.to_string())),
    }
}

/// A server that listens but does not serve yet, so that a port in use is said before anything else.
pub struct Listening {
    listener: std::net::TcpListener,
    pub address: SocketAddr,
}

/// Takes the address.
///
/// # Errors
/// Another program has it.
pub fn listen(address: SocketAddr) -> Result<Listening, StartError> {
    let listener = std::net::TcpListener::bind(address).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => StartError::PortInUse { address },
        _ => StartError::Listen { address, source },
    })?;
    let address = listener.local_addr().unwrap_or(address);
    Ok(Listening { listener, address })
}

/// Requests that are being answered.
#[derive(Debug, Default)]
struct InFlight(AtomicUsize);

/// One of them, until it is dropped.
struct Flight(actix::Data<InFlight>);

impl Flight {
    fn takes_off(all: actix::Data<InFlight>) -> Flight {
        all.0.fetch_add(1, Ordering::SeqCst);
        Flight(all)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl InFlight {
    /// Ends when every request is answered, or after a grace.
    async fn land(&self) {
        let deadline = tokio::time::Instant::now() + GRACE;
        while self.0.load(Ordering::SeqCst) > 0 && tokio::time::Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        // An answer is counted down a moment before its last bytes are written.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// What is being answered gets this long after the word to stop.
const GRACE: Duration = Duration::from_secs(20);

/// The web server alone, for whoever drives the worker by hand. It minds no signals.
///
/// # Errors
/// The server cannot take the socket.
pub fn server(listening: Listening, state: State) -> Result<actix_web::dev::Server, StartError> {
    counted(listening, state, actix::Data::default())
}

fn counted(
    listening: Listening,
    state: State,
    in_flight: actix::Data<InFlight>,
) -> Result<actix_web::dev::Server, StartError> {
    let has_demo = state.demo.is_some();
    let state = actix::Data::new(state);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .app_data(in_flight.clone())
            .wrap(from_fn(web::gzip))
            .wrap(from_fn(web::dress_failures))
            .wrap(from_fn(web::same_origin))
            .wrap(from_fn(web::secure_headers))
            .wrap(from_fn(web::heads))
            .wrap(from_fn(log_request))
            .configure(|config| web::configure(config, has_demo))
    })
    .workers(2)
    .client_request_timeout(Duration::from_secs(10))
    .disable_signals()
    .listen(listening.listener)
    .map_err(StartError::Server)?;
    Ok(server.run())
}

async fn log_request(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<impl actix_web::body::MessageBody + 'static>,
) -> Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let (method, path) = (request.method().clone(), web::masked(request.path()));
    let _flight = request.app_data::<actix::Data<InFlight>>().cloned().map(Flight::takes_off);
    let begun = std::time::Instant::now();
    let response = next.call(request).await?;
    tracing::debug!(%method, %path, status = response.status().as_u16(), ms = begun.elapsed().as_millis(), "answered");
    Ok(response)
}

/// Serves pages and delivers mail until SIGTERM or SIGINT; then finishes what is in flight. A worker
/// that dies ends the process: mail that nobody sends must not look like a program that runs.
///
/// # Errors
/// The server or the worker died.
pub async fn run<W, E>(
    listening: Listening,
    state: State,
    work: impl FnOnce(watch::Receiver<bool>) -> W,
) -> Result<(), StartError>
where
    W: Future<Output = Result<(), E>> + 'static,
    E: std::fmt::Display + 'static,
{
    let (stop, stopped) = watch::channel(false);
    let in_flight = actix::Data::<InFlight>::default();
    let server = counted(listening, state, in_flight.clone())?;
    let handle = server.handle();
    let mut worker = actix_web::rt::spawn(work(stopped));
    let mut server = std::pin::pin!(server);
    // actix's own graceful stop sometimes drops a request: its workers may see the listener gone before
    // they hear that they are to finish. So it is told to stop only when nothing is left to finish.
    let drain = async {
        handle.pause().await;
        in_flight.land().await;
        handle.stop(true).await;
    };
    tokio::select! {
        served = &mut server => {
            let _ = stop.send(true);
            let delivered = worker.await;
            served.map_err(StartError::Server)?;
            ended(delivered)
        }
        () = told_to_stop() => {
            tracing::info!("told to stop; what is being answered or mailed is finished first");
            let _ = stop.send(true);
            let (served, ()) = tokio::join!(server, drain);
            let delivered = worker.await;
            served.map_err(StartError::Server)?;
            ended(delivered)
        }
        died = &mut worker => {
            // Driven together: a server that nobody polls hears nothing.
            let (served, ()) = tokio::join!(server, drain);
            ended(died)?;
            served.map_err(StartError::Server)?;
            Err(StartError::Worker("it stopped without being told to".to_owned()))
        }
    }
}

/// Serves the preview of an author's files while they work on them, until SIGTERM or SIGINT, or until
/// the work fails; the inner result is the work's.
///
/// # Errors
/// The server cannot take the socket, or died.
pub async fn preview<E>(
    listening: Listening,
    shown: web::preview::Shown,
    work: impl Future<Output = Result<(), E>>,
) -> Result<Result<(), E>, StartError> {
    let shown = actix::Data::new(shown);
    let server = HttpServer::new(move || {
        App::new().app_data(shown.clone()).wrap(from_fn(web::secure_headers)).configure(web::preview::configure)
    })
    .workers(1)
    .disable_signals()
    .listen(listening.listener)
    .map_err(StartError::Server)?
    .run();
    tokio::select! {
        served = server => served.map(|()| Ok(())).map_err(StartError::Server),
        worked = work => Ok(worked),
        () = told_to_stop() => Ok(Ok(())),
    }
}

/// Ends with the first SIGTERM or SIGINT.
async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be heard; only SIGKILL ends this program");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}

fn ended<E: std::fmt::Display>(worker: Result<Result<(), E>, tokio::task::JoinError>) -> Result<(), StartError> {
    match worker {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(StartError::Worker(error.to_string())),
        Err(error) => Err(StartError::Worker(error.to_string())),
    }
}

/// Shared by everything that renders.
///
/// # Errors
/// A template of the program itself is broken.
pub fn renderer() -> Result<Arc<crate::render::Renderer>, crate::render::RenderError> {
    crate::render::Renderer::new().map(Arc::new)
}

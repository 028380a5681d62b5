//! Connections, transactions, migrations.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use diesel_async::pooled_connection::AsyncDieselConnectionManager;
use diesel_async::pooled_connection::deadpool::{Object, Pool as Deadpool};
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

pub use super::StoreError;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// Waiting longer than this for a connection helps nobody: the page says 503 instead.
const PATIENCE: Duration = Duration::from_secs(2);

/// A pool of this size keeps two cores busy; more only queues in the database.
const SIZE: usize = 8;

/// A connection for reads.
pub type Conn = Object<AsyncPgConnection>;

/// The connections of one program.
#[derive(Clone)]
pub struct Pool(Deadpool<AsyncPgConnection>);

impl Pool {
    /// A pool that connects on first use.
    ///
    /// # Errors
    /// Never reaches the database; fails only when the pool's own settings are refused.
    pub fn new(url: &str) -> Result<Pool, StoreError> {
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new(url);
        Deadpool::builder(manager)
            .max_size(SIZE)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .recycle_timeout(Some(PATIENCE))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .map(Pool)
            .map_err(|error| StoreError::Unreachable(error.to_string()))
    }

    /// A connection for reads.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`] after two seconds without one.
    pub async fn get(&self) -> Result<Conn, StoreError> {
        self.0.get().await.map_err(|error| StoreError::Unreachable(error.to_string()))
    }

    /// Does a use case in one transaction: all of it, or none.
    ///
    /// # Errors
    /// Whatever `work` answers, after everything was rolled back; or that the database is gone.
    pub async fn in_transaction<R, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<R, E>) -> Result<R, E>
    where
        E: From<StoreError>,
    {
        self.transaction("BEGIN", work).await
    }

    /// As [`Pool::in_transaction`], without waiting for the disk: should the database's machine fall, the
    /// last such transactions may be lost, but none that a later waiting one came after. For what leads
    /// to nothing when it is lost.
    ///
    /// # Errors
    /// As [`Pool::in_transaction`].
    pub async fn in_unflushed_transaction<R, E>(&self, work: impl AsyncFnOnce(&mut Tx) -> Result<R, E>) -> Result<R, E>
    where
        E: From<StoreError>,
    {
        self.transaction("BEGIN; SET LOCAL synchronous_commit TO off", work).await
    }

    async fn transaction<R, E>(&self, begin: &str, work: impl AsyncFnOnce(&mut Tx) -> Result<R, E>) -> Result<R, E>
    where
        E: From<StoreError>,
    {
        let mut conn = self.get().await?;
        let failed = |doing| move |source| E::from(StoreError::Query { doing, source });
        conn.batch_execute(begin).await.map_err(failed("beginning"))?;
        let mut tx = Tx(Some(conn));
        match work(&mut tx).await {
            Ok(done) => {
                tx.batch_execute("COMMIT").await.map_err(failed("committing"))?;
                tx.keep();
                Ok(done)
            }
            Err(error) => {
                // A rollback that fails leaves a connection that nobody must use again: it is dropped.
                if tx.batch_execute("ROLLBACK").await.is_ok() {
                    tx.keep();
                }
                Err(error)
            }
        }
    }
}

/// An open transaction. Dropped in the middle (a request that was given up), its connection is
/// closed, which rolls back.
pub struct Tx(Option<Conn>);

impl Tx {
    /// Does a part that may be refused: then what it did is taken back, and all before it stays.
    ///
    /// # Errors
    /// The database is gone. The inner result is that of `work`.
    pub async fn attempt<R, E>(
        &mut self,
        work: impl AsyncFnOnce(&mut Tx) -> Result<R, E>,
    ) -> Result<Result<R, E>, StoreError> {
        let failed = |doing| move |source| StoreError::Query { doing, source };
        self.batch_execute("SAVEPOINT attempt").await.map_err(failed("beginning a part"))?;
        let done = work(self).await;
        let end = if done.is_ok() { "RELEASE attempt" } else { "ROLLBACK TO attempt" };
        self.batch_execute(end).await.map_err(failed("ending a part"))?;
        Ok(done)
    }

    /// Gives the connection back to the pool.
    fn keep(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        if let Some(conn) = self.0.take() {
            drop(Object::take(conn));
        }
    }
}

impl Deref for Tx {
    type Target = AsyncPgConnection;

    fn deref(&self) -> &AsyncPgConnection {
        match &self.0 {
            Some(conn) => conn,
            None => unreachable!("a transaction keeps its connection until it ends"),
        }
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AsyncPgConnection {
        match &mut self.0 {
            Some(conn) => conn,
            None => unreachable!("a transaction keeps its connection until it ends"),
        }
    }
}

/// Brings a database to the schema of this program. Blocking: diesel's harness needs a thread of its
/// own (it panics on a single-threaded runtime).
///
/// # Errors
/// The database cannot be reached, or a migration failed and was rolled back.
pub fn migrate(url: &str) -> Result<Vec<String>, StoreError> {
    with_harness(url, |harness| {
        let done = harness.run_pending_migrations(MIGRATIONS).map_err(|e| StoreError::Unreachable(e.to_string()))?;
        Ok(done.iter().map(ToString::to_string).collect())
    })
}

/// Takes every migration back, newest first: for the test that each has a way down.
///
/// # Errors
/// As [`migrate`].
pub fn unmigrate(url: &str) -> Result<(), StoreError> {
    with_harness(url, |harness| {
        harness.revert_all_migrations(MIGRATIONS).map(drop).map_err(|e| StoreError::Unreachable(e.to_string()))
    })
}

/// Whether migrations are missing. Blocking.
///
/// # Errors
/// As [`migrate`].
pub fn is_behind(url: &str) -> Result<bool, StoreError> {
    with_harness(url, |harness| {
        harness.has_pending_migration(MIGRATIONS).map_err(|e| StoreError::Unreachable(e.to_string()))
    })
}

type Blocking = diesel_async::async_connection_wrapper::AsyncConnectionWrapper<AsyncPgConnection>;

fn with_harness<R>(url: &str, work: impl FnOnce(&mut Blocking) -> Result<R, StoreError>) -> Result<R, StoreError> {
    use diesel::Connection;
    let mut harness =
        <Blocking as Connection>::establish(url).map_err(|error| StoreError::Unreachable(error.to_string()))?;
    work(&mut harness)
}

/// One connection outside the pool, for a health check that must not wait behind others.
///
/// # Errors
/// The database cannot be reached.
pub async fn connect(url: &str) -> Result<AsyncPgConnection, StoreError> {
    AsyncPgConnection::establish(url).await.map_err(|error| StoreError::Unreachable(error.to_string()))
}

/// Makes a database when there is none of this name; `url` leads to another one of the same server.
///
/// # Errors
/// The server cannot be reached, or refuses.
pub async fn ensure_database(url: &str, name: &str) -> Result<bool, StoreError> {
    use super::Doing;
    use diesel::sql_types::{Bool, Text};
    use diesel_async::RunQueryDsl;
    let mut conn = connect(url).await?;
    let exists: bool = diesel::select(
        diesel::dsl::sql::<Bool>("EXISTS (SELECT 1 FROM pg_database WHERE datname = ").bind::<Text, _>(name).sql(")"),
    )
    .get_result(&mut conn)
    .await
    .doing("looking for a database")?;
    if !exists {
        let name = name.replace('"', "");
        conn.batch_execute(&format!("CREATE DATABASE \"{name}\"")).await.doing("making a database")?;
    }
    Ok(!exists)
}

/// Drops a database, and whoever is connected to it; `url` leads to another one of the same server.
///
/// # Errors
/// The server cannot be reached, or refuses.
pub async fn drop_database(url: &str, name: &str) -> Result<(), StoreError> {
    use super::Doing;
    let name = name.replace('"', "");
    let mut conn = connect(url).await?;
    conn.batch_execute(&format!("DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)")).await.doing("dropping a database")
}

//! Parses arguments, runs a command, and ends with its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    pilothouse::cli::main()
}

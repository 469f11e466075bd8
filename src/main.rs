//! The `foretell` command.

use std::process::ExitCode;

use foretell::cli::{Args, Command, Terminal, check, import, merge, new, run, update};

fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(shown) => return shown,
    };
    let terminal = Terminal::new(args.command.display());
    let done = match &args.command {
        Command::Run(args) => run::run(args, &terminal),
        Command::Check(args) => check::check(args, &terminal),
        Command::Update(args) => update::update(args, &terminal),
        Command::Merge(args) => merge::merge(args, &terminal),
        Command::New(args) => new::new(args, &terminal),
        Command::Import(args) => import::import(args, &terminal),
    };
    terminal.finish(done)
}

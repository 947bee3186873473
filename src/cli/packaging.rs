//! What packagers install beside the program: completions for shells, and manual pages.

use std::io;
use std::path::Path;

use clap::{Arg, ArgAction, Command, CommandFactory, ValueEnum};
use clap_complete::{Shell as Known, generate};
use clap_complete_nushell::Nushell;
use clap_mangen::Man;

use super::args::Arguments;
use super::{CLEAN, FAILED, complain, print};

/// A shell that completes words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Elvish,
    Fish,
    Nushell,
    Powershell,
    Zsh,
}

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> io::Result<u8> {
    let mut command = Arguments::command();
    let mut script = Vec::new();
    let known = match shell {
        Shell::Bash => Known::Bash,
        Shell::Elvish => Known::Elvish,
        Shell::Fish => Known::Fish,
        Shell::Powershell => Known::PowerShell,
        Shell::Zsh => Known::Zsh,
        Shell::Nushell => {
            // It knows no value that can be left out, and would refuse the flag alone.
            command = command.mut_subcommands(|own| own.mut_args(without_optional_value));
            generate(Nushell, &mut command, "elblint", &mut script);
            return print(|out| out.write_all(&script));
        }
    };
    generate(known, &mut command, "elblint", &mut script);
    print(|out| out.write_all(&script))
}

/// A flag with a value that can be left out, as a flag without one.
fn without_optional_value(argument: Arg) -> Arg {
    match argument.get_num_args() {
        Some(values) if values.min_values() == 0 && !argument.is_positional() => {
            argument.action(ArgAction::SetTrue).num_args(0)
        }
        _ => argument,
    }
}

/// Prints the manual page of the command or, where there is a directory to put them, writes those of its subcommands
/// too.
pub(super) fn man(folder: Option<&Path>) -> io::Result<u8> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = folder else {
        let page = page(&command, "elblint")?;
        return print(|out| out.write_all(&page));
    };
    // Pages refer to those of their subcommands, so none is left out.
    let mut pages = vec![("elblint".to_owned(), &command)];
    while let Some((name, command)) = pages.pop() {
        let own = command.get_subcommands().filter(|own| !own.is_hide_set());
        pages.extend(own.map(|own| (format!("{name}-{}", own.get_name()), own)));
        let path = folder.join(format!("{name}.1"));
        if let Err(error) = page(command, &name).and_then(|page| std::fs::write(&path, page)) {
            complain(&format!("error: cannot write {}: {error}", path.display()));
            return Ok(FAILED);
        }
    }
    Ok(CLEAN)
}

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let command = command.clone().version(env!("CARGO_PKG_VERSION"));
    Man::new(command).title(name.to_ascii_uppercase()).render(&mut page)?;
    Ok(page)
}

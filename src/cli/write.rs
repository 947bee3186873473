//! Files, written whole or not at all.

#[cfg(unix)]
use std::fs::File;
use std::fs::{self, Metadata};
use std::io::{self, Read};
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes a file by way of another beside it, so that nobody ever sees a part of it. Links are followed, and a file
/// that is there keeps its owner and its permissions.
pub(super) fn atomically(path: &Path, shown: &str, bytes: &[u8]) -> Result<(), String> {
    replace(path, bytes).map_err(|error| format!("cannot write {shown}: {error}"))
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let file = beside(&target, bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target)?;
    Ok(())
}

/// A file in the same folder, from where it is moved in one step, with this text, and the owner and permissions of the
/// target.
pub(super) fn beside(target: &Path, mut text: impl Read) -> io::Result<NamedTempFile> {
    let there = fs::metadata(target).ok();
    there.as_ref().map_or(Ok(()), can_be_replaced)?;
    // Its name is nobody's concern.
    let mut file = new_in(folder(target)).map_err(|error| io::Error::from(error.kind()))?;
    // Before there is anything to read in it, and the owner first, since that takes permissions away.
    if let Some(there) = there {
        #[cfg(unix)]
        give(file.as_file(), &there)?;
        file.as_file().set_permissions(there.permissions())?;
    }
    io::copy(&mut text, &mut file)?;
    Ok(file)
}

/// Whether another file in its place would be the same to everybody.
pub(super) fn can_be_replaced(there: &Metadata) -> io::Result<()> {
    if !there.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    #[cfg(unix)]
    if there.nlink() > 1 {
        return Err(io::Error::other(
            "it has other names (hard links), which would lead to what it was; copy it to a file of its own",
        ));
    }
    Ok(())
}

/// Gives a file the owner of the one that it is to replace. Where that is not permitted, nobody loses a file.
#[cfg(unix)]
fn give(file: &File, there: &Metadata) -> io::Result<()> {
    let own = file.metadata()?;
    let other = |own: u32, wanted: u32| (own != wanted).then_some(wanted);
    let (user, group) = (other(own.uid(), there.uid()), other(own.gid(), there.gid()));
    if user.or(group).is_none() {
        return Ok(());
    }
    let lost = "its user or group is another one than yours, and would be yours if it were replaced";
    fchown(file, user, group).map_err(|_| io::Error::other(lost))
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that may be read by all who may read new files. A temporary one is its owner's alone, as a rule.
fn new_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".elblint-").tempfile_in(folder)
}

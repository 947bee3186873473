//! Files, written whole or not at all.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes a file by way of another beside it, so that nobody ever sees a part of it. Links are followed, and the
/// permissions of a file that is there stay what they are.
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

/// A file in the same folder, from where it is moved in one step, with this text and the permissions of the target.
pub(super) fn beside(target: &Path, mut text: impl Read) -> io::Result<NamedTempFile> {
    // Its name is nobody's concern.
    let mut file = new_in(folder(target)).map_err(|error| io::Error::from(error.kind()))?;
    // Before there is anything to read in it.
    if let Ok(metadata) = fs::metadata(target) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    io::copy(&mut text, &mut file)?;
    Ok(file)
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

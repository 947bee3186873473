//! Replacing a file: as a whole or not at all, and only if it is still what was read.

use std::fs;
use std::io;
use std::path::Path;

use super::write::beside;

/// Puts one text in the place of another. A link stays, and what it leads to is replaced; owner and permissions stay
/// too.
pub(super) fn rewrite(path: &Path, before: &str, after: &str) -> Result<(), String> {
    rewrite_target(&fs::canonicalize(path).map_err(|error| error.to_string())?, before, after)
}

/// The same for a path that is known to be no link.
pub(super) fn rewrite_target(target: &Path, before: &str, after: &str) -> Result<(), String> {
    let words = |error: io::Error| error.to_string();
    let metadata = fs::metadata(target).map_err(words)?;
    if metadata.permissions().readonly() {
        return Err("it is write-protected".to_owned());
    }
    let file = beside(target, after.as_bytes()).map_err(words)?;
    if fs::read(target).map_err(words)? != before.as_bytes() {
        return Err("it has changed meanwhile, and is left as it is".to_owned());
    }
    file.persist(target).map(drop).map_err(|error| words(error.error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_has_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "theirs").unwrap();
        assert!(rewrite(&path, "read", "ours").unwrap_err().contains("changed meanwhile"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
        rewrite(&path, "theirs", "ours").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "ours");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left behind");
    }

    #[test]
    fn the_file_on_the_way_is_not_spoken_of() {
        let folder = tempfile::tempdir().unwrap();
        let error = beside(&folder.path().join("none/a.json"), b"".as_slice()).unwrap_err();
        assert!(!error.to_string().contains(".elblint-"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&path, "1").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.json", &link).unwrap();
        rewrite(&link, "1", "2").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "2");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(rewrite(&path, "2", "3").unwrap_err(), "it is write-protected");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_stays_with_its_owner() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::write(&path, "1").unwrap();
        // Only some may give files away.
        if chown(&path, Some(1234), Some(1235)).is_err() {
            return;
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        rewrite(&path, "1", "2").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.uid(), metadata.gid(), metadata.mode() & 0o777), (1234, 1235, 0o640));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_other_names_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.json"), folder.path().join("b.json"));
        fs::write(&path, "1").unwrap();
        fs::hard_link(&path, &other).unwrap();
        assert!(rewrite(&path, "1", "2").unwrap_err().contains("other names"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "1");
        fs::remove_file(other).unwrap();
        rewrite(&path, "1", "2").unwrap();
    }
}

//! Where a report goes: standard output, a file of its own, or the end of one that others write to as well.
//!
//! A file is put in its place when it is whole. Until then its text has no name in any folder, so that nothing is left
//! behind by a run that is interrupted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};

use tempfile::SpooledTempFile;

use crate::cli::progress::Progress;
use crate::cli::write::{beside, can_be_replaced, folder};

/// Reports up to this size stay in memory until they are whole.
const MOST_IN_MEMORY: usize = 1 << 20;

/// GitHub drops the summary of a step that is longer.
const LONGEST_SUMMARY: usize = 1 << 20;

/// What is kept free of a summary for its end.
const END_OF_SUMMARY: usize = 16 << 10;

/// Where a report is written to.
pub(super) enum Sink {
    Output(BufWriter<Output>),
    File(ReportFile),
    /// A pipe, a device: it is written to as it is.
    Direct(BufWriter<File>),
    Summary(StepSummary),
}

impl Sink {
    /// Standard output. A progress bar gets out of its way.
    pub(super) fn output(progress: &Progress) -> Self {
        let stdout = io::stdout();
        let progress = stdout.is_terminal().then(|| progress.clone());
        // Whole pieces are written, so a large buffer only saves calls.
        Self::Output(BufWriter::with_capacity(1 << 16, Output { stdout, progress }))
    }

    /// A file of its own.
    pub(super) fn file(path: &Path) -> io::Result<Self> {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if metadata.is_file() => {
                can_be_replaced(&metadata)?;
                // Replacing a file needs no permission to write to it, but people mean it to.
                drop(OpenOptions::new().append(true).open(path)?);
                Ok(Self::File(ReportFile::new(fs::canonicalize(path)?)?))
            }
            Ok(_) => Ok(Self::Direct(BufWriter::new(OpenOptions::new().write(true).open(path)?))),
            Err(_) => Ok(Self::File(ReportFile::new(path.to_owned())?)),
        }
    }

    /// The end of the summary of a step of GitHub Actions.
    pub(super) fn summary(path: PathBuf) -> Self {
        let length =
            fs::metadata(&path).map_or(0, |metadata| usize::try_from(metadata.len()).unwrap_or(usize::MAX));
        let room = LONGEST_SUMMARY.saturating_sub(length);
        Self::Summary(StepSummary { path, text: Vec::new(), room, state: Room::Enough })
    }

    /// What is written now is the end.
    pub(super) fn ends(&mut self) {
        if let Self::Summary(summary) = self {
            summary.ends();
        }
    }

    /// All is written: puts it in its place.
    pub(super) fn close(mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Self::Output(_) | Self::Direct(_) => Ok(()),
            Self::File(file) => file.close(),
            Self::Summary(summary) => summary.close(),
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match self {
            Self::Output(output) => output,
            Self::File(file) => &mut file.text,
            Self::Direct(file) => file,
            Self::Summary(summary) => summary,
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer().write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer().write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer().flush()
    }
}

/// Standard output, which may be the terminal that a progress bar is on.
pub(super) struct Output {
    stdout: io::Stdout,
    progress: Option<Progress>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &self.progress {
            Some(progress) => progress.aside(|| self.stdout.write(bytes)),
            None => self.stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// A file that appears when it is whole.
pub(super) struct ReportFile {
    path: PathBuf,
    text: BufWriter<SpooledTempFile>,
}

impl ReportFile {
    fn new(path: PathBuf) -> io::Result<Self> {
        let folder = folder(&path);
        if !fs::metadata(folder)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let text = tempfile::spooled_tempfile_in(MOST_IN_MEMORY, folder);
        Ok(Self { text: BufWriter::with_capacity(1 << 16, text), path })
    }

    fn close(self) -> io::Result<()> {
        let Self { path, text } = self;
        let mut text = text.into_inner().map_err(io::IntoInnerError::into_error)?;
        text.rewind()?;
        beside(&path, text)?.persist(&path)?;
        Ok(())
    }
}

/// The summary of a step, which other commands of the step write to as well.
pub(super) struct StepSummary {
    path: PathBuf,
    text: Vec<u8>,
    /// How much fits.
    room: usize,
    state: Room,
}

#[derive(PartialEq, Eq)]
enum Room {
    Enough,
    /// Something did not fit, and nothing after it is written.
    Full,
    End,
}

impl StepSummary {
    fn ends(&mut self) {
        if self.state == Room::Full {
            // What is cut off may be in the middle of a table.
            self.text.extend_from_slice(b"\n\nThere is more than fits here; the log has all of it.\n\n");
        }
        self.state = Room::End;
    }

    fn close(self) -> io::Result<()> {
        OpenOptions::new().create(true).append(true).open(&self.path)?.write_all(&self.text)
    }
}

impl Write for StepSummary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let kept = if self.state == Room::End { 0 } else { END_OF_SUMMARY };
        if self.state != Room::Full && self.text.len() + bytes.len() + kept <= self.room {
            self.text.extend_from_slice(bytes);
        } else if self.state == Room::Enough {
            // A piece has many rows. Those that fit are better than none.
            let most = self.room.saturating_sub(self.text.len() + kept).min(bytes.len());
            let fits = bytes.get(..most).unwrap_or_default();
            let lines = memchr::memrchr(b'\n', fits).map_or(0, |end| end + 1);
            self.text.extend_from_slice(fits.get(..lines).unwrap_or_default());
            self.state = Room::Full;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_cut_to_what_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("summary.md");
        fs::write(&path, "before\n").unwrap();
        let mut sink = Sink::summary(path.clone());
        for _ in 0..3 * LONGEST_SUMMARY / 1000 {
            sink.write_all(&[b"x".repeat(999), b"\n".to_vec()].concat()).unwrap();
        }
        sink.ends();
        sink.write_all(b"the end\n").unwrap();
        sink.close().unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.len() <= LONGEST_SUMMARY && text.len() > LONGEST_SUMMARY - 2 * END_OF_SUMMARY);
        assert!(
            text.starts_with("before\nx")
                && text.ends_with("There is more than fits here; the log has all of it.\n\nthe end\n")
        );
    }

    #[test]
    fn a_file_appears_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report");
        fs::write(&path, "old").unwrap();
        let mut sink = Sink::file(&path).unwrap();
        for _ in 0..3 {
            sink.write_all(&b"new\n".repeat(MOST_IN_MEMORY / 4)).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing lies beside it");
        }
        sink.close().unwrap();
        assert_eq!(fs::read(&path).unwrap().len(), 3 * MOST_IN_MEMORY);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

//! A folder of outputs that is replaced as a whole, at once: whoever looks sees the old one or the new one.

use std::env;
#[cfg(unix)]
use std::fs;
use std::io;
use std::path::Path;

use super::own::Own;
use super::stage::{Files, INSIDE, Stage};
use crate::cli::failure::Failure;
use crate::cli::files::parent;
use crate::cli::inputs::is_mount_point;
use crate::cli::interrupt::Interrupt;

/// Why a folder was not replaced.
pub enum Refusal {
    /// It can't be done at once: by a journal it may.
    Unsuited,
    /// It is not to be done at all.
    Failed(Failure),
}

/// Makes a folder that is not there yet.
///
/// # Errors
/// It can't be written, or has come to be meanwhile; or Ctrl-C was pressed.
pub fn create(
    stage: &Stage,
    folder: &Path,
    files: &Files,
    interrupt: &Interrupt,
) -> Result<io::Result<()>, Failure> {
    if let Err(error) = stage.fill(files) {
        return Ok(Err(error));
    }
    interrupt.check()?;
    let moved = stage.disk.rename(&stage.new_files(), folder);
    Ok(moved.and_then(|()| stage.disk.sync_folder(parent(folder))))
}

/// Lets a folder change places with one that holds the new files of a verb and those that other verbs wrote. `inside` is the stage in
/// the old folder, which then goes with it.
///
/// # Errors
/// It can't be done at once, or Ctrl-C was pressed: then the folder is as it was.
pub fn replace(
    (inside, beside): (&mut Stage, &Stage),
    (folder, own): (&Path, &Own),
    (files, kept): (&Files, &[String]),
    interrupt: &Interrupt,
) -> Result<(), Refusal> {
    if !is_suited(folder, own) {
        return Err(Refusal::Unsuited);
    }
    let unsuited = |_: io::Error| Refusal::Unsuited;
    fill(beside, (folder, files, kept)).map_err(unsuited)?;
    interrupt.check().map_err(Refusal::Failed)?;
    beside.disk.exchange(&beside.new_files(), folder).map_err(unsuited)?;
    inside.moved(beside.new_files().join(INSIDE));
    // It is done: what is left to do is done by the next command if not by this one.
    let _ = beside.disk.sync_folder(parent(folder)).and_then(|()| beside.disk.sync_folder(beside.path()));
    Ok(())
}

fn fill(beside: &Stage, (folder, files, kept): (&Path, &Files, &[String])) -> io::Result<()> {
    let (disk, new) = (beside.disk, beside.new_files());
    disk.create_folder(&new)?;
    keep_access(folder, &new)?;
    beside.fill(files)?;
    for name in kept {
        let path = new.join(name);
        disk.create_folders(parent(&path))?;
        disk.link(&folder.join(name), &path)?;
    }
    beside.sync()
}

/// Whether nobody would miss the old folder: nothing in it is anybody else's, no command stands in it, it is no place where another
/// file system begins, and it has nothing about it that a new one would lack.
fn is_suited(folder: &Path, own: &Own) -> bool {
    let stands_in =
        env::current_dir().and_then(|here| here.canonicalize()).is_ok_and(|here| here.starts_with(folder));
    !stands_in && !is_mount_point(folder) && is_plain(folder) && own.is_alone()
}

/// Gives a new folder the permissions and the owner of the old one.
#[cfg(unix)]
fn keep_access(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (was, is) = (fs::metadata(old)?, fs::metadata(new)?);
    if (was.uid(), was.gid()) != (is.uid(), is.gid()) {
        chown(new, Some(was.uid()), Some(was.gid()))?;
    }
    fs::set_permissions(new, was.permissions())
}

#[cfg(not(unix))]
fn keep_access(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether a folder has no access list or other attribute of its own; a security label comes with the place.
#[cfg(target_os = "linux")]
fn is_plain(folder: &Path) -> bool {
    let mut names = vec![0; 4096];
    match rustix::fs::listxattr(folder, &mut names[..]) {
        Ok(length) => {
            let mut names = names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty());
            names.all(|name| name == b"security.selinux")
        }
        Err(error) => error == rustix::io::Errno::NOTSUP,
    }
}

#[cfg(not(target_os = "linux"))]
fn is_plain(_: &Path) -> bool {
    false
}

//! What moves each answer, as pictures.

use super::About;
use crate::report::page::Page;

impl About<'_> {
    pub(super) fn figures(&self, page: &mut Page) {
        let _ = page;
    }
}

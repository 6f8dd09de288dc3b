//! Files, folders and lines → articles.

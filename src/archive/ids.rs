//! Ids are indexes into what was loaded; the text ids of the file live in [`super::format`] and as `key`s alone.

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u32);

        impl $name {
            /// The id of the `index`-th one, in order.
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 of a kind"))
            }

            /// Place in the order of the archive, or of the library, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

id!(
    /// An archive of the open library.
    ArchiveId
);
id!(
    /// A report of the open archive.
    ReportId
);
id!(
    /// A section of the open archive.
    SectionId
);
id!(
    /// A photo of the open archive.
    PhotoId
);
id!(
    /// A key figure of the open archive.
    FigureId
);

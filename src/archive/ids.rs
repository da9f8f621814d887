//! Ids are indexes into the loaded archive; the text ids of the file live in [`super::format`] and as `key`s alone.

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub struct $name(u32);

        impl $name {
            /// The id of the `index`-th one in reading order.
            pub(crate) fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("fewer than 2^32 in an archive"))
            }

            /// Place in reading order over the whole archive, from 0.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

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

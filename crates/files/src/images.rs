//! Draws a picture anew, so that nothing but the picture remains: no position, no camera, no second format behind it.

use std::{
    fs::File,
    io::{BufReader, Seek as _, SeekFrom, Write},
};

use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
};
use kernel::Fault;

use crate::{
    faults::{FilesFault, disk},
    model::MediaType,
    rules::{PIXELS_MAX, SIDE_MAX},
};

/// Of a photograph drawn anew: above this, eyes see no difference.
const JPEG_QUALITY: u8 = 88;
/// Most memory for one picture, in bytes: 16 bits of four channels for each pixel.
const MEMORY_MAX: u64 = PIXELS_MAX * 8;

/// Draws the picture in `from` into `to`, turned as its camera was held.
///
/// # Errors
/// `image_too_big`, `file_damaged`.
pub(crate) fn redraw(from: &mut File, media_type: MediaType, to: &mut impl Write) -> Result<(), Fault> {
    from.seek(SeekFrom::Start(0)).map_err(disk)?;
    let format = if media_type == MediaType::Png {
        ImageFormat::Png
    } else {
        ImageFormat::Jpeg
    };
    let mut reader = ImageReader::with_format(BufReader::new(from), format);
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(too_big());
    }
    let turned = decoder.orientation().map_err(|error| refused(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    picture.apply_orientation(turned);
    encode(picture, format, to)
}

fn encode(picture: DynamicImage, format: ImageFormat, to: &mut impl Write) -> Result<(), Fault> {
    let mut bytes = Vec::new();
    let encoded = match format {
        ImageFormat::Png => picture.write_to(&mut std::io::Cursor::new(&mut bytes), ImageFormat::Png),
        _ => {
            let grey = matches!(picture, DynamicImage::ImageLuma8(_));
            let picture = if grey {
                picture
            } else {
                DynamicImage::ImageRgb8(picture.into_rgb8())
            };
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY))
        }
    };
    encoded.map_err(Fault::internal)?;
    to.write_all(&bytes).map_err(disk)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    limits
}

fn refused(error: &ImageError) -> Fault {
    let fault = match error {
        ImageError::Limits(_) => too_big(),
        _ => FilesFault::Damaged.into(),
    };
    Fault {
        cause: Some(error.to_string()),
        ..fault
    }
}

fn too_big() -> Fault {
    FilesFault::ImageTooBig {
        pixels_max: PIXELS_MAX,
    }
    .into()
}

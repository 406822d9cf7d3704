# Files that are handed in.
fault-file_type = Files of this kind ({ $found }) are not taken. Send a PDF, a document, or a picture as JPEG or PNG.
fault-file_active = The document carries macros or other active parts. Save it without them, or as PDF, and send it again.
fault-file_empty = The file is empty. Choose another.
fault-file_damaged = The file is damaged or cut off. Open it to check, save it again, and send that.
fault-image_too_big = The picture has more than { $pixels_max } pixels. Make it smaller and send it again.
fault-storage_unavailable = Files cannot be stored or read right now. Try again in a moment.

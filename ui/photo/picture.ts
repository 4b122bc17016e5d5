/** What may be kept of a picture; the rules know, and say so here. */
export interface PhotoRules {
  /** The longer side, in dots. */
  readonly pixels: number;
  readonly perMatter: number;
  /** A drawn JPEG as it may be sent; null where it is still too large, or none. */
  keep(jpeg: Uint8Array): Uint8Array | null;
}

/** Qualities that are tried in turn, until it is small enough. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4] as const;
/** Where even the last doesn't do, the picture itself gets smaller. */
const SHRINK = 0.75;

/**
 * A chosen picture drawn onto a canvas, no larger than may be kept. Drawn, it has lost whatever the camera
 * noted. Null where the browser can't read it.
 */
export async function drawn(file: File, { pixels }: PhotoRules): Promise<HTMLCanvasElement | null> {
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return scaled(image, image.naturalWidth, image.naturalHeight, pixels);
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function scaled(
  source: CanvasImageSource,
  width: number,
  height: number,
  longest: number,
): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext("2d")?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** The picture as it is sent: base64 of a bare JPEG, within the limits. Null where none comes out. */
export async function packed(
  picture: HTMLCanvasElement,
  rules: PhotoRules,
): Promise<string | null> {
  let canvas = picture;
  for (let round = 0; round < 6; round += 1) {
    for (const quality of QUALITIES) {
      const bytes = await jpegOf(canvas, quality);
      const kept = bytes === null ? null : rules.keep(bytes);
      if (kept !== null) return toBase64(kept);
    }
    const longest = Math.max(canvas.width, canvas.height) * SHRINK;
    canvas = scaled(canvas, canvas.width, canvas.height, longest);
  }
  return null;
}

async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Uint8Array | null> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, "image/jpeg", quality);
  });
  return blob === null ? null : new Uint8Array(await blob.arrayBuffer());
}

const CHUNK = 0x8000;

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Blackens from one point to the next, in the picture's own dots: what was there is gone. */
export function cover(canvas: HTMLCanvasElement, from: Point, to: Point, width: number): void {
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.strokeStyle = "#000";
  pen.lineCap = "round";
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(from.x, from.y);
  // A line without length draws no end.
  pen.lineTo(to.x + 0.1, to.y);
  pen.stroke();
}

/** A square that leads a camera to an address, as SVG; level Q still reads with a quarter of it covered. */
export async function qrSvg(address: string, errorCorrectionLevel: "M" | "Q"): Promise<string> {
  // Loaded when first needed: it brings a painter of pictures along.
  const { default: qrcode } = await import("qrcode");
  return qrcode.toString(address, { type: "svg", errorCorrectionLevel, margin: 2 });
}

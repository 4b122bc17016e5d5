import { asKept, PHOTO_LIMITS } from "@wanjia/domain/matters/photo";
import { PhotosField as Field } from "@wanjia/ui/photo/PhotosField";
import { fill } from "../shell/language.ts";
import { useVoiceWords } from "./words.ts";

/** Photos of a place: chosen, covered where people or plates are seen, and only then kept for sending. */
export function PhotosField({
  title,
  photos,
  onPhotos,
}: {
  /** Where they are asked for something else than to show what one reports. */
  title?: string;
  photos: readonly string[];
  onPhotos: (photos: readonly string[]) => void;
}) {
  const { photos: words } = useVoiceWords();
  const limit = { limit: String(PHOTO_LIMITS.perMatter) };
  return (
    <Field
      words={{ ...words, title: fill(title ?? words.title, limit) }}
      rules={{ ...PHOTO_LIMITS, keep: asKept }}
      photos={photos}
      onPhotos={onPhotos}
    />
  );
}

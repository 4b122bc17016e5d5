import { useTranslation } from "@wanjia/ui/language/language";
import { useCallback } from "react";
import { language } from "./language.ts";

/** The dotted paths of every text in a message file. */
export type MessageKey<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${MessageKey<T[K]>}`;
}[keyof T & string];

/** The same keys with other words: what the English file must be. One thing may have its own word. */
export type SameKeys<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]>;
} & {
  readonly [K in keyof T & string as T[K] extends string ? `${K}_one` : never]?: string;
};

type MessageValues = Readonly<Record<string, string | number>>;

export type Translate<T> = (key: MessageKey<T>, values?: MessageValues) => string;

/** i18next's own types resolve every key at compile time; here `MessageKey` has done it already. */
type Plain = (key: string, values?: MessageValues) => string;

/**
 * Registers a subject's texts and answers the hook that reads them. Call it once at the top of a
 * subject's `messages.ts`; the texts then travel in the same chunk as the screens.
 */
export function subjectMessages<const T extends object>(
  subject: string,
  zhCN: T,
  en: SameKeys<T>,
): () => Translate<T> {
  language.addResourceBundle("zh-CN", subject, zhCN, true, true);
  language.addResourceBundle("en", subject, en, true, true);
  return function useMessages() {
    const { t } = useTranslation(subject) as unknown as { t: Plain };
    return useCallback((key: MessageKey<T>, values?: MessageValues) => t(key, values), [t]);
  };
}

/** Source: domain.md §5.2, rule 6. */

/**
 * Words that tell a resident what to say when somebody asks. A survey answered so is worth nothing,
 * and he is owed better. Asking how it went is allowed; naming the wished-for answer isn't.
 */
const COACHING: readonly RegExp[] = [
  /(?:请|期待|希望|恳请|盼|麻烦|务必|记得|帮忙|支持)[^，。！？；\n]{0,16}(?:(?<!不|是否|基本)满意|好评|(?:10|十)\s*分(?!钟|之)|满分|五星)/,
  /(?:打|给|回答|回复|选择?|评)[^，。！？；\n]{0,8}(?:满分|(?:10|十)\s*分(?!钟|之)|五星|好评|100\s*分)/,
  /参考答案|标准答案|(?:回答|回复|选择?|请说)[：:“"「]?(?:非常|很)?(?:满意|安全)/,
  /您的(?:满意|好评)[^，。！？；\n]{0,12}(?:支持|动力|心愿|追求)/,
];

/** The first words of a text that coach, or null. */
export function coaching(text: string): string | null {
  // The question itself lists every answer, the bad ones with the good: it may.
  const plain = text.replaceAll(/回复1非常满意 ?2满意 ?3基本满意 ?4不满意 ?5非常不满意/g, "");
  for (const pattern of COACHING) {
    const found = pattern.exec(plain);
    if (found !== null) return found[0];
  }
  return null;
}

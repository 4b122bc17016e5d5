/** The order was not understood: the sentence says why. */
export class Unclear extends Error {}

/** Options as they were given. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What an endpoint of the contract answers: its own type, without its schema. */
export type Output<T extends { "~orpc": { outputSchema?: unknown } }> =
  NonNullable<T["~orpc"]["outputSchema"]> extends { "~standard": { types?: infer Types } }
    ? NonNullable<Types> extends { output: infer Reply }
      ? Reply
      : never
    : never;

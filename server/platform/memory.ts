interface Memory {
  clear(): void;
}

const memories = new Set<Memory>();

/** What this process knows of its server by heart: forgotten when another server begins in it, as in tests. */
export function keepInMind<M extends Memory>(memory: M): M {
  memories.add(memory);
  return memory;
}

/** A server begins, and was asked for nothing yet. */
export function forgetAll(): void {
  for (const memory of memories) memory.clear();
}

import type { ComponentType } from "react";
import type { AreaKey } from "./areas.ts";

/**
 * Every screen of the desk: its path below /console, the area whose roles may see it, and the chunk
 * it comes in. A subject adds its lines here; a component is exported by name and takes no props.
 */
export interface Screen {
  readonly path: string;
  readonly area: AreaKey;
  readonly load: () => Promise<ComponentType>;
}

export const screens: readonly Screen[] = [];

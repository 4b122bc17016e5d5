declare module "*.css";

/** Made by vite.config.ts from `@wanjia/contract/app`. */
declare module "virtual:contract" {
  export const routes: typeof import("@wanjia/contract/app").contract;
}

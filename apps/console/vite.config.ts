import { minifyContractRouter } from "@orpc/contract";
import react from "@vitejs/plugin-react";
import { contract } from "@wanjia/contract/app";
import { defineConfig, type Plugin } from "vite";

/**
 * The contract without its schemas: the desk needs methods and paths; the server checks the rest.
 * Saves the whole of zod, and with it the `eval` that the content policy forbids.
 */
function contractRoutes(): Plugin {
  const name = "virtual:contract";
  return {
    name: "contract-routes",
    resolveId: (source) => (source === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}`
        ? `export const routes = ${JSON.stringify(minifyContractRouter(contract))};`
        : undefined,
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "/console/",
  plugins: [react(), contractRoutes()],
  // antd and the router are hoisted beside another React; one copy must win.
  resolve: { dedupe: ["react", "react-dom", "i18next", "react-i18next"] },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});

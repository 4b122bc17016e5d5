import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { VitePWA } from "vite-plugin-pwa";

/**
 * One script and no modules: of these Chromium keeps compiled code when the service worker stores them,
 * so that a start offline compiles nothing. Nothing is wrapped around it either: whoever asks where an
 * error was made has the whole wrapper read again. See docs/adr/0013-phone-start.md.
 */
const classicScript: Plugin = {
  name: "classic-script",
  apply: "build",
  enforce: "post",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      if (/\bimport\s*[.(]/.test(file.code)) {
        this.error(
          "Something is imported when it is needed: the phone's one script can't do that.",
        );
      }
      file.code = `"use strict";${file.code}`;
    }
  },
  transformIndexHtml: (html) => html.replace('<script type="module" crossorigin', "<script defer"),
};

/** HPKE asks Node 18 for its own crypto; a browser never gets there, and one script imports nothing. */
const noNodeCrypto: Plugin = {
  name: "no-node-crypto",
  apply: "build",
  enforce: "pre",
  transform: (code, id) =>
    id.includes("/@hpke/") ? code.replaceAll('await import("crypto")', "{}") : null,
};

export default defineConfig({
  base: "/field/",
  publicDir: "assets",
  plugins: [
    react(),
    classicScript,
    noNodeCrypto,
    VitePWA({
      strategies: "injectManifest",
      srcDir: "shell",
      filename: "service-worker.ts",
      injectRegister: false,
      injectManifest: { globPatterns: ["**/*.{js,css,html,svg,png,webmanifest}"] },
      manifest: {
        id: "/field/",
        name: "万家走访",
        short_name: "走访",
        lang: "zh-CN",
        start_url: "/field/",
        scope: "/field/",
        display: "standalone",
        orientation: "portrait",
        background_color: "#f4f6f9",
        theme_color: "#f4f6f9",
        icons: [
          { src: "icon.svg", sizes: "any", type: "image/svg+xml" },
          { src: "icon-192.png", sizes: "192x192", type: "image/png" },
          { src: "icon-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
        ],
      },
    }),
  ],
  // One React for the app, its kit and ui/, whatever else the repository has installed.
  resolve: { dedupe: ["react", "react-dom", "i18next", "react-i18next"] },
  build: {
    target: "es2022",
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { format: "es", codeSplitting: false } },
  },
  server: { proxy: { "/api": "http://localhost:8080" } },
});

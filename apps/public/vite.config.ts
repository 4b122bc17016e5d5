import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  plugins: [react()],
  resolve: {
    // The same parts as in the other apps, by a third of the bytes (ADR 20).
    alias: { "react-dom": "preact/compat", react: "preact/compat" },
  },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Residents' phones are old: Chromium 87 and Safari 14 are five years behind.
    target: ["es2020", "chrome87", "safari14"],
    sourcemap: false,
    reportCompressedSize: false,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});

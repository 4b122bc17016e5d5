import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadWords, rememberedLocale } from "./language.ts";
import { Site } from "./Site.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
void loadWords(rememberedLocale()).then(() =>
  createRoot(root).render(
    <StrictMode>
      <Site />
    </StrictMode>,
  ),
);

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { language, setAppearance } from "./preferences.ts";
import { session, startSession } from "./start.ts";
import "./app.css";

// The disk is asked first: it answers while the page is being drawn.
void startSession();
setAppearance();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has a root");
createRoot(root).render(
  <StrictMode>
    <App session={session} language={language} />
  </StrictMode>,
);
if ("serviceWorker" in navigator && import.meta.env.PROD) {
  void navigator.serviceWorker.register("/field/service-worker.js", { scope: "/field/" });
}

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { language, setAppearance } from "./preferences.ts";
import { session, startSession } from "./start.ts";
import "./app.css";
import "./pieces.css";
import "./sign-in.css";
import "../visits/doors.css";
import "../planning/walks.css";
import "./receipt.css";

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

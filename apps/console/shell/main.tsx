import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api.ts";
import { Appearance } from "./Appearance.tsx";
import { Desk } from "./Desk.tsx";
import "./desk.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Appearance>
        <Desk />
      </Appearance>
    </QueryClientProvider>
  </StrictMode>,
);

import "./styles.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { firstLanguage, loadTexts } from "./i18n/language.ts";

const root = document.getElementById("root");
await loadTexts(firstLanguage());
if (root !== null) createRoot(root).render(<App />);

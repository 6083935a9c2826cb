import { defineConfig } from "vite";

// The ports are those that the example site lets read its API.
export default defineConfig({
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true },
});

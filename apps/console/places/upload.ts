import { ORPCError } from "@orpc/client";
import { API_URL } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";

/**
 * Sends a file as it is, so that neither browser nor server holds it whole; says how far it is.
 * Throws the same errors as the client of the contract.
 */
export async function uploadFile(
  file: File,
  kind: "addresses" | "divisions",
  progress: (percent: number) => void,
): Promise<{ id: string }> {
  const query = new URLSearchParams({ name: file.name, kind });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${API_URL}/places/imports?${query}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("accept-language", currentLocale());
    request.setRequestHeader("x-wanjia-csrf", "1");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(Math.floor((event.loaded / event.total) * 100));
    });
    request.addEventListener("error", () => reject(new TypeError("upload failed")));
    request.addEventListener("abort", () => reject(new TypeError("upload aborted")));
    request.addEventListener("load", () => {
      const body = request.response as {
        id?: string;
        code?: string;
        detail?: string;
        params?: Record<string, string | number>;
      } | null;
      if (request.status < 300 && body?.id !== undefined) {
        resolve({ id: body.id });
        return;
      }
      reject(
        new ORPCError(body?.code ?? "internal-error", {
          status: request.status >= 400 ? request.status : 500,
          message: body?.detail ?? "",
          data: { params: body?.params },
        }),
      );
    });
    request.send(file);
  });
}

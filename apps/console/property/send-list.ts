import { ORPCError } from "@orpc/client";
import type { PropertyImport } from "@wanjia/contract/property";
import { API_URL } from "../shell/api.ts";
import { currentLocale } from "../shell/language.ts";

/** Sends a list as it is. Throws the same errors as the client of the contract. */
export async function sendList(file: File, stationId: string): Promise<PropertyImport> {
  const response = await fetch(`${API_URL}/property/imports?stationId=${stationId}`, {
    method: "POST",
    headers: {
      "content-type": "application/octet-stream",
      "accept-language": currentLocale(),
      "x-wanjia-csrf": "1",
    },
    body: file,
  });
  if (response.ok) return (await response.json()) as PropertyImport;
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    params?: Record<string, string | number>;
  };
  throw new ORPCError(problem.code ?? "internal-error", {
    status: response.status,
    message: problem.detail ?? "",
    data: { params: problem.params },
  });
}

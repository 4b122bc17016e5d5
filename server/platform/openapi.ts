import { OpenAPIGenerator } from "@orpc/openapi";
import type { AnyContractRouter } from "@orpc/contract";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { API } from "./http.ts";

const PROBLEM = {
  type: "object",
  description: "RFC 9457 problem details; programs switch on `code`.",
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "A sentence in the reader's language" },
    code: { type: "string" },
    params: { type: "object", additionalProperties: { type: ["string", "number"] } },
    errors: {
      type: "array",
      items: {
        type: "object",
        properties: { path: { type: "string" }, message: { type: "string" } },
        required: ["path", "message"],
      },
    },
  },
  required: ["type", "title", "status", "detail", "code"],
} as const;

/** The contract as OpenAPI 3.1; every refusal is a problem document. */
export async function openApi(contract: AnyContractRouter, version: string): Promise<object> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(contract, {
    info: {
      title: "Wanjia",
      version,
      description:
        "The platform on which a police bureau plans, records and answers for community visits. No person profiles.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: API }],
    security: [{ session: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "wanjia-desk.session_token" },
      },
    },
    customErrorResponseBodySchema: (errors) => ({
      ...PROBLEM,
      properties: {
        ...PROBLEM.properties,
        code: { enum: ["invalid-input", ...errors.map(([code]) => code)] },
      },
    }),
  });
  for (const path of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(path ?? {})) {
      nameProblems(operation as Operation);
    }
  }
  return document;
}

interface Operation {
  responses?: Record<string, { content?: Record<string, unknown> }>;
}

/** Error answers go out as `application/problem+json`; an operation without errors of its own still has them. */
function nameProblems(operation: Operation): void {
  const responses = (operation.responses ??= {});
  for (const [status, response] of Object.entries(responses)) {
    const body = response.content?.["application/json"];
    if (Number(status) < 400 || body === undefined) continue;
    response.content = { "application/problem+json": body };
  }
  responses["400"] ??= {
    description: "The input is not valid",
    content: { "application/problem+json": { schema: PROBLEM } },
  } as never;
}

/** How somebody asks who is nobody to the server: no cookie, no referrer, nothing kept in a cache. */
export function asStranger(body?: object, locale?: string) {
  return {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "x-wanjia-csrf": "1",
      ...(locale === undefined ? {} : { "accept-language": locale }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    credentials: "omit" as const,
    referrerPolicy: "no-referrer" as const,
    cache: "no-store" as const,
  };
}

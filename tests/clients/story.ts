// A finding and its correction, with the types that are generated from openapi.yaml.
// Run with the address of a service, and a key that publishes.

import assert from "node:assert/strict";
import process from "node:process";
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Media = "application/json" | "application/problem+json";
const [baseUrl, key] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${key}` };
const desk = createClient<paths, Media>({ baseUrl, headers });
const reader = createClient<paths, Media>({ baseUrl });

function given<T>(answer: { data?: T; error?: unknown }): T {
  assert.ok(answer.data !== undefined, JSON.stringify(answer.error));
  return answer.data;
}

const claim = given(
  await desk.POST("/v1/claims", { body: { text: "It rained on Sunday", status: "published" } }),
);
const window = given(
  await desk.POST("/v1/sources", { body: { title: "The window", status: "published" } }),
);

const finding: components["schemas"]["Verdict"] = {
  claim_id: claim.id,
  scale_id: "truth",
  rating: "false",
  evidence: [{ source_id: window.id, stance: "refutes" }],
};
const { id } = given(await desk.POST("/v1/verdicts", { body: finding }));
const path = { id };
const hidden = await reader.GET("/v1/verdicts/{id}", { params: { path } });
assert.equal(hidden.error?.code, "not-found");

const first = given(
  await desk.PATCH("/v1/verdicts/{id}", {
    params: { path, header: { "If-Match": '"1"' } },
    body: { status: "published" },
  }),
);
const stale = await desk.PATCH("/v1/verdicts/{id}", {
  params: { path, header: { "If-Match": '"1"' } },
  body: { rating: "true" },
});
assert.equal(stale.error?.code, "precondition-failed");

const note = "It did, in the evening.";
given(
  await desk.PATCH("/v1/verdicts/{id}", {
    params: { path, header: { "If-Match": '"2"' }, query: { note, reason: "correction" } },
    body: { rating: "true" },
  }),
);

const query = { as_of: first.updated_at };
const then = given(await reader.GET("/v1/verdicts/{id}", { params: { path, query } }));
const now = given(await reader.GET("/v1/verdicts/{id}", { params: { path } }));
assert.deepEqual([then.rating, now.rating], ["false", "true"]);

const history = given(await reader.GET("/v1/verdicts/{id}/revisions", { params: { path } }));
assert.deepEqual(history.items.map((one) => one.note), [null, note]);
const changes = given(
  await reader.GET("/v1/verdicts/{id}/revisions/{n}/diff", {
    params: { path: { id, n: 3 }, query: { from: 2 } },
  }),
);
assert.ok(JSON.stringify(changes).includes('"/rating"'));

const page = given(await reader.GET("/v1/claims", { params: { query: { q: "Sunday", count: true } } }));
assert.deepEqual([page.total, page.items.map((one) => one.id)], [1, [claim.id]]);
console.log("told");

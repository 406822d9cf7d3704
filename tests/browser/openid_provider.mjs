// A real OpenID provider on a port of its own: `oidc-provider`, which is certified, with its own pages to sign in and consent.
// Whoever signs in there with any name has that name and the address `name@verne.example`, checked.

import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { dataFolder, freePort } from "./program.mjs";

const CLIENT = "hemicycle";
const SECRET = "of-the-browser-tests-alone";

/** Where the provider will be, and the settings that name it to the program. */
export async function openIdPlan() {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const file = join(dataFolder(), "providers.toml");
  writeFileSync(
    file,
    `[[provider]]
key = "verne"
issuer = "${issuer}"
client_id = "${CLIENT}"
label = { en = "Town of Verne", fr = "Ville de Verne", es = "Ciudad de Verne" }
email_domains = ["verne.example"]
`,
  );
  return { port, issuer, settings: { HEMICYCLE_OIDC_PROVIDERS: file, HEMICYCLE_OIDC_SECRETS: `verne=${SECRET}` } };
}

/** Opens it for a site. */
export async function openIdProvider({ port, issuer }, origin) {
  const { default: Provider } = await import("oidc-provider");
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        client_secret: SECRET,
        redirect_uris: [`${origin}/oidc/verne`],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    cookies: { keys: ["of the browser tests alone"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@verne.example`, email_verified: true }),
    }),
  });
  const server = createServer(provider.callback()).listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

// The bare loop of Node.js that Observatory is measured against: a broadcast with the package "ws".
// node ws-loop.cjs FOLDER, in which node_modules/ws lies. Prints its port; POST /?count=…&characters=… broadcasts.
const { createRequire } = require("node:module");
const http = require("node:http");
const { WebSocketServer, WebSocket } = createRequire(`${process.argv[2]}/`)("ws");

const server = http.createServer((request, response) => {
  const query = new URL(request.url, "http://localhost").searchParams;
  const text = "x".repeat(Number(query.get("characters")));
  for (let i = 0; i < Number(query.get("count")); i++) {
    for (const client of clients.clients) {
      if (client.readyState === WebSocket.OPEN) {
        client.send(text);
      }
    }
  }
  response.writeHead(204).end();
});
const clients = new WebSocketServer({ server });
server.listen(0, "127.0.0.1", () => console.log(server.address().port));

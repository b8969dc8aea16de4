/** Channel names: Asterisk puts a serial number behind the endpoint (`PJSIP/telco-00000001`, `DAHDI/1-1`, `Local/1001@from-queue-0000003e;2`). */

/** Endpoint of a channel: `PJSIP/telco` of `PJSIP/telco-00000001`. Endpoints may hold dashes themselves: only the last part goes. */
export function endpointOf(channel: string): string {
  const half = channel.lastIndexOf(';');
  const whole = half === -1 ? channel : channel.slice(0, half);
  const dash = whole.lastIndexOf('-');
  return dash > whole.indexOf('/') ? whole.slice(0, dash) : whole;
}

/** A Local channel is a wire inside the PBX: nobody speaks there. */
export function isLocal(channel: string): boolean {
  return channel.startsWith('Local/');
}

/**
 * The number in what Dial was told, without trunk, contact or options: `13900001111` of `13900001111@telco`,
 * `telco/13900001111`, `telco/sip:13900001111@192.0.2.1`, `13900001111@internal/n`; `1001` of `1001/sip:1001@…` and `PJSIP/1001`.
 */
export function numberDialled(dialString: string): string {
  const text = dialString.trim();
  const uri = /sips?:/i.exec(text);
  if (uri) return beforeAt(text.slice(uri.index + uri[0].length));
  const at = text.indexOf('@');
  const address = at === -1 ? text : text.slice(0, at);
  return address.slice(address.lastIndexOf('/') + 1);
}

function beforeAt(text: string): string {
  const at = text.indexOf('@');
  return at === -1 ? text : text.slice(0, at);
}

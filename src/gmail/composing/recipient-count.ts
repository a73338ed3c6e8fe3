import PostalMime from 'postal-mime';

const headEnd = '\r\n\r\n';

/**
 * How many recipients a mail has: the addresses of To, Cc and Bcc, each once, those of groups one by one. They are read
 * from the mail as it leaves, so that whatever composed it, what is counted is what Gmail delivers to.
 */
export async function recipientCount(mime: Buffer): Promise<number> {
  const end = mime.indexOf(headEnd);
  const head = end === -1 ? mime : mime.subarray(0, end + headEnd.length);
  const { to = [], cc = [], bcc = [] } = await PostalMime.parse(head);
  const addresses = [...to, ...cc, ...bcc].flatMap((each) => each.group ?? [each]);
  return new Set(addresses.map(({ address }) => comparable(address))).size;
}

/** Only the domain is known to be the same in capitals (RFC 5321, section 2.4). */
function comparable(address: string): string {
  const domainStart = address.lastIndexOf('@') + 1;
  return address.slice(0, domainStart) + address.slice(domainStart).toLowerCase();
}

/** Says what keeps Baton from listening at its address, and what to do about it. */

/** @param code as Node names what went wrong */
export function whyNotListening(code: string | undefined, host: string, port: number): string {
  const problems: Record<string, string> = {
    EADDRINUSE: `Port ${port} on ${host} is taken. Stop what listens there (another Baton?), or set PORT to another.`,
    EACCES: `This user may not listen at port ${port}. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine does not have the address ${host}. Set HOST to one that it has, or leave it out.`,
    ENOTFOUND: `HOST is "${host}", which is no address. Set it to one of this machine, or leave it out.`,
  };
  return problems[code ?? ''] ?? `Baton cannot listen at ${host}:${port} (${code}). Set HOST and PORT.`;
}

/** The address as Node takes it: an IPv6 one without brackets. */
export function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

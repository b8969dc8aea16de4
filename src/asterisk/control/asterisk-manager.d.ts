/** What we use of asterisk-manager 0.2.0, which brings no types of its own. */
declare module 'asterisk-manager' {
  type Listener = (...args: unknown[]) => void;

  interface Manager {
    on(name: string, listener: Listener): Manager;
    removeAllListeners(name?: string): Manager;
    listeners(name: string): Listener[];
    /** A string in place of the port is the path of a unix socket. */
    connect(port: number | string, host: string | undefined, callback: Listener): void;
    login(callback: (error?: unknown) => void): void;
    action(action: Record<string, unknown>, callback: (error: unknown, response: unknown) => void): string;
    disconnect(callback?: () => void): void;
  }

  /** With a null port it connects to nothing by itself. */
  const createManager: new (
    port: null,
    host: string,
    username: string,
    password: string,
    events: boolean,
  ) => Manager;
  export default createManager;
}

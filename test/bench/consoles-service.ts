/** `consoles-service.ts FOLDER AMI_PORT LOGIN…`: the service of the bench `consoles`, in a process of its own; says its port. */
import { startReplayed } from './replayed-service.ts';

const [folder = '', amiPort = '', ...logins] = process.argv.slice(2);
const service = await startReplayed(folder, Number(amiPort), logins);
process.send?.({ port: service.port });
process.once('message', () => {
  void service.stop().then(() => process.disconnect());
});

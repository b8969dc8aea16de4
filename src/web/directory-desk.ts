/**
 * 通讯录: one telephone book for the whole installation. Who works in a duty room reads and edits it; administrators edit
 * it too but neither see nor touch superior offices, whose numbers are for those who must reach them.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { may } from '../accounts/access.ts';
import type { Contact } from '../directory/contact.ts';
import type { Intake } from '../intake.ts';
import type { Store } from '../storage/store.ts';
import type { DirectoryWork } from '../storage/write-directory.ts';
import { type DirectoryBody, parseDirectoryBody } from './bodies/directory.ts';
import type { ContactView, DirectoryView } from './protocol/directory-view.ts';
import { BAD_REQUEST, NOT_ALLOWED, NOT_FOUND, NOT_LOGGED_IN } from './refusals.ts';
import { refuse } from './send-sound.ts';
import type { Visitor } from './sessions.ts';

export interface DirectoryDeps {
  readonly store: Pick<Store, 'contacts'>;
  readonly intake: Pick<Intake, 'work'>;
  readonly visitorOf: (request: FastifyRequest) => Promise<Visitor | null>;
  readonly refuseForeign: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  readonly clock: () => number;
}

/** What importing a file needs of it. */
export interface DirectoryDesk {
  mayEdit(visitor: Visitor): boolean;
  /** The entries whose numbers the visitor may see. */
  visible(visitor: Visitor): Promise<readonly Contact[]>;
  withDirectory(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor) => Promise<FastifyReply>,
  ): Promise<FastifyReply>;
  /** Writes what was asked for, or refuses. `body` null: malformed. */
  change(
    visitor: Visitor,
    reply: FastifyReply,
    body: DirectoryBody | null,
    how: (body: DirectoryBody) => DirectoryWork['how'],
  ): Promise<FastifyReply>;
}

export function addDirectoryDesk(app: FastifyInstance, deps: DirectoryDeps): DirectoryDesk {
  app.get('/api/directory', (request, reply) =>
    withDirectory(request, reply, async (visitor) => {
      const seesSuperior = seesSuperiorNumbers(visitor);
      const contacts = (await deps.store.contacts()).map((one) => contactView(one, seesSuperior));
      return reply.send({ contacts, mayEdit: mayEdit(visitor), seesSuperior } satisfies DirectoryView);
    }),
  );

  app.post('/api/directory', { preHandler: deps.refuseForeign }, (request, reply) =>
    withDirectory(request, reply, (visitor) =>
      change(visitor, reply, parseDirectoryBody(request.body), (body) => howOf(body)),
    ),
  );

  return {
    mayEdit,
    withDirectory,
    change,
    visible: async (visitor) => {
      const seesSuperior = seesSuperiorNumbers(visitor);
      return (await deps.store.contacts()).filter((one) => seesSuperior || one.class !== 'superior');
    },
  };

  async function change(
    visitor: Visitor,
    reply: FastifyReply,
    body: DirectoryBody | null,
    how: (body: DirectoryBody) => DirectoryWork['how'],
  ): Promise<FastifyReply> {
    if (!mayEdit(visitor)) return refuse(reply, 403, NOT_ALLOWED);
    if (body === null) return refuse(reply, 400, BAD_REQUEST);
    if (!seesSuperiorNumbers(visitor) && namesSuperior(body)) {
      await audit(visitor);
      return refuse(reply, 403, NOT_ALLOWED);
    }
    const { id: account, person } = visitor.account;
    const written = await deps.intake.work({
      type: 'directory-change',
      how: how(body),
      ...body,
      seesSuperior: seesSuperiorNumbers(visitor),
      account,
      person,
      at: deps.clock(),
    });
    return written.ok ? reply.code(204).send() : refuse(reply, 409, written.refusal);
  }

  async function withDirectory(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (visitor: Visitor) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const visitor = await deps.visitorOf(request);
    if (visitor === null) return refuse(reply, 401, NOT_LOGGED_IN);
    if (!mayEdit(visitor) && !may(visitor.scope, 'see-room', visitor.scope.unit)) {
      await audit(visitor);
      return refuse(reply, 404, NOT_FOUND);
    }
    return act(visitor);
  }

  async function audit({ account }: Visitor): Promise<void> {
    await deps.intake.work({
      type: 'audit',
      at: deps.clock(),
      account: account.id,
      person: account.person,
      kind: 'directory-refused',
      subject: null,
      payload: {},
    });
  }
}

function mayEdit({ scope }: Visitor): boolean {
  return may(scope, 'edit-directory', scope.unit);
}

function seesSuperiorNumbers({ scope }: Visitor): boolean {
  return may(scope, 'see-superior-numbers', scope.unit);
}

function contactView(contact: Contact, seesSuperior: boolean): ContactView {
  return contact.class === 'superior' && !seesSuperior ? { ...contact, number: null } : contact;
}

function namesSuperior({ puts, removes }: DirectoryBody): boolean {
  const named = [
    ...puts.flatMap(({ contact, was }) => [contact, ...(was === null ? [] : [was])]),
    ...removes,
  ];
  return named.some((contact) => contact.class === 'superior');
}

function howOf({ puts, removes }: DirectoryBody): DirectoryWork['how'] {
  const [put] = puts;
  if (put === undefined) return 'contact-deleted';
  if (removes.length > 0) return 'contacts-merged';
  return put.was === null ? 'contact-added' : 'contact-changed';
}

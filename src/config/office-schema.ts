/** The keys of `office.yaml`. `config/README.md` explains each; a test compares the two. */
import { z } from 'zod';
import { did, endpoint, id, telephoneNumber, text, trunk } from './value.ts';

const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2}$/, 'write date and time as 2026-11-23 08:00');

export const officeSchema = z.strictObject({
  units: z.array(z.strictObject({ id, name: text(60), parent: id.optional() })).min(1),
  rooms: z.array(z.strictObject({ id, unit: id, name: text(60), formTitle: text(80).optional() })).min(1),
  lines: z
    .array(
      z.strictObject({
        id,
        room: id,
        pbx: id,
        number: telephoneNumber,
        dids: z.array(did).optional(),
        trunks: z.array(trunk).optional(),
        phones: z.array(endpoint).optional(),
        recording: z.enum(['pbx', 'ami', 'snippet', 'none']).optional(),
      }),
    )
    .min(1),
  seats: z.array(z.strictObject({ id, room: id, name: text(20), phone: endpoint.optional() })).optional(),
  people: z
    .array(
      z.strictObject({
        id,
        room: id,
        name: text(20),
        title: text(30).optional(),
        phone: telephoneNumber.optional(),
        standing: z.string().max(20).optional(),
      }),
    )
    .optional(),
  directory: z
    .array(
      z.strictObject({
        number: telephoneNumber,
        unit: text(60).optional(),
        person: text(20).optional(),
        title: text(30).optional(),
        class: z.enum(['superior', 'subordinate', 'public']).optional(),
      }),
    )
    .optional(),
  roster: z
    .array(
      z.strictObject({
        room: id,
        from: moment.optional(),
        to: moment.optional(),
        leaders: z.array(id).optional(),
        officers: z.array(id).optional(),
        standby: z.array(id).optional(),
        name: text(12).optional(),
      }),
    )
    .optional(),
});

export type OfficeFile = z.infer<typeof officeSchema>;

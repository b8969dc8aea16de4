/** What the answer to CoreStatus says of the run of the PBX: by it another run, and calls we missed, are told. */
import type { AmiPacket } from './ami-packet.ts';

/** Null where the PBX does not say (16 does not count its calls). */
export interface PbxRun {
  readonly processedCalls: number | null;
  readonly pbxStartedAt: number | null;
}

/** Reads it; null is an answer that did not come. */
export function runOf(status: AmiPacket | null): PbxRun {
  return {
    processedCalls: wholeNumberOf(status?.get('CoreProcessedCalls')),
    pbxStartedAt: startOf(status),
  };
}

function wholeNumberOf(value: string | undefined): number | null {
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/**
 * When the PBX started, integer ms. CoreStatus names it in the PBX's own local time without a zone (22.10), so that it is
 * good only for comparing with itself: another start means another run of the PBX.
 */
function startOf(status: AmiPacket | null): number | null {
  const day = status?.get('CoreStartupDate');
  const time = status?.get('CoreStartupTime');
  if (day === undefined || time === undefined) return null;
  const at = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(at) ? null : at;
}

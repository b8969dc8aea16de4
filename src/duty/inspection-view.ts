/** 值班工作检查 as the page gets it. Times are integer ms UTC. */
import type { ShutTexts } from './hand-written.ts';
import type { Inspection } from './inspection.ts';
import type { KnownItems } from './inspection-known.ts';
import type { OpenMending } from './inspection-mending.ts';

/** An office that the visitor may look at. */
export interface InspectedPlace {
  readonly unit: string;
  readonly name: string;
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
  readonly mayInspect: boolean;
}

export interface InspectionListView {
  readonly at: number;
  readonly places: readonly InspectedPlace[];
  /** The latest first. */
  readonly inspections: readonly Inspection[];
  /** 待整改, whatever inspection it comes from. */
  readonly toMend: readonly OpenMending[];
}

export interface InspectionPageView {
  readonly at: number;
  readonly place: InspectedPlace;
  readonly inspection: Inspection;
  /** What of its texts is shut away. */
  readonly shut: ShutTexts;
  /** As it stood when the inspector signed; until then as it is now. */
  readonly known: KnownItems;
  readonly mayInspect: boolean;
  readonly mayAnswer: boolean;
  /** What is open of earlier inspections of these rooms. */
  readonly lookBack: readonly OpenMending[];
}

/** 评议 as rows: one for each mark that was ever set. Erasable (D11): the facts have no remark, only its digest. */
export interface CallReviewTable {
  readonly id: string;
  readonly call_id: string;
  /** 1, 2, 3 … of a call: the highest counts. */
  readonly turn: number;
  readonly verdict: string;
  readonly reasons_json: string;
  readonly remark: string;
  readonly by_person: string | null;
  readonly by_name: string | null;
  readonly at: number;
}

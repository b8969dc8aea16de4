/** Endpoint of the phone beside the seat where this page sits; null without a seat or a phone. */
export function phoneOfSeat(state: {
  readonly me: { readonly seat: string | null } | null;
  readonly room: { readonly seats: readonly { readonly id: string; readonly phone: string | null }[] } | null;
}): string | null {
  return state.room?.seats.find((seat) => seat.id === state.me?.seat)?.phone ?? null;
}

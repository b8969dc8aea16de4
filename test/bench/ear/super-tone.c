/*
 * The tone detector of spandsp (Debian's libspandsp) with Chinese descriptors: for each file of raw 16-bit 8 kHz sound one
 * line: its name and for how many milliseconds each tone was reported.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <spandsp.h>

#define CODES 6
static int now = -1;

static void report(void *user, int code, int level, int delay)
{
    (void) user; (void) level; (void) delay;
    now = code;
}

/* Beats and pauses in ms with 20 % and a block of 16 ms of slack; f2 0: one frequency; a pause has none. */
static void beat(super_tone_rx_descriptor_t *desc, int tone, int f1, int f2, int ms)
{
    super_tone_rx_add_element(desc, tone, f1, f2, ms * 8 / 10 - 16, ms * 12 / 10 + 16);
}

static void cadence(super_tone_rx_descriptor_t *desc, int f1, int f2, const int *ms, int count)
{
    int tone = super_tone_rx_add_tone(desc);
    for (int n = 0; n < count; n++) beat(desc, tone, n % 2 ? 0 : f1, n % 2 ? 0 : f2, ms[n]);
}

int main(int argc, char **argv)
{
    static const int busy[] = {350, 350, 350}, full[] = {700, 700, 700};
    static const int vacant[] = {100, 100, 100, 100, 100, 100, 400, 400};
    super_tone_rx_descriptor_t *desc = super_tone_rx_make_descriptor(NULL);
    /* A beat and a second of its pause: a short clip has no more. A pair such as 440 + 480 Hz would hide 450 Hz. */
    int ring = super_tone_rx_add_tone(desc);
    beat(desc, ring, 450, 0, 1000);
    super_tone_rx_add_element(desc, ring, 0, 0, 1000, 5000);
    cadence(desc, 450, 0, busy, 2);
    cadence(desc, 450, 0, full, 2);
    cadence(desc, 450, 0, vacant, 8);
    int sit = super_tone_rx_add_tone(desc);
    beat(desc, sit, 950, 0, 330);
    beat(desc, sit, 1400, 0, 330);
    beat(desc, sit, 1800, 0, 330);
    int dial = super_tone_rx_add_tone(desc);
    super_tone_rx_add_element(desc, dial, 450, 0, 2500, 0);

    for (int file = 1; file < argc; file++) {
        FILE *in = fopen(argv[file], "rb");
        int16_t block[160];
        size_t got;
        long ms[CODES] = {0};
        if (in == NULL) return 1;
        super_tone_rx_state_t *rx = super_tone_rx_init(NULL, desc, report, NULL);
        now = -1;
        while ((got = fread(block, 2, 160, in)) > 0) {
            super_tone_rx(rx, block, (int) got);
            if (now >= 0 && now < CODES) ms[now] += (long) got / 8;
        }
        fclose(in);
        super_tone_rx_free(rx);
        printf("%s", argv[file]);
        for (int code = 0; code < CODES; code++) printf(" %ld", ms[code]);
        printf("\n");
    }
    return 0;
}

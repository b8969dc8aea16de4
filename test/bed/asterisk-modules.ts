import type { AsteriskMajor } from './asterisk-prefix.ts';

// Named one by one: autoload takes 2 s and opens sound cards, serial lines and ports of other tests.
const MODULES = `
app_attended_transfer app_blind_transfer app_bridgewait app_cdr app_chanisavail app_db app_dial app_directed_pickup app_echo
app_exec app_followme app_forkcdr app_milliwatt app_mixmonitor app_originate app_playback app_playtones app_queue app_read
app_record app_senddtmf app_softhangup app_stack app_system app_transfer app_userevent app_verbose app_voicemail app_waituntil
app_while bridge_builtin_features bridge_builtin_interval_features bridge_holding bridge_native_rtp bridge_simple bridge_softmix
cdr_csv cdr_manager cel_custom cel_manager chan_pjsip codec_alaw codec_gsm codec_resample codec_ulaw format_gsm format_pcm
format_sln format_wav format_wav_gsm func_callerid func_cdr func_channel func_cut func_db func_devstate func_dialplan func_env
func_global func_groupcount func_hangupcause func_iconv func_logic func_math func_md5 func_module func_pjsip_aor func_pjsip_contact
func_pjsip_endpoint func_rand func_sha1 func_shell func_sprintf func_strings func_timeout func_uri func_version func_volume
pbx_config res_adsi res_agi res_convert res_crypto res_manager_devicestate res_musiconhold res_mutestream res_parking
res_pjproject res_pjsip res_pjsip_acl res_pjsip_authenticator_digest res_pjsip_caller_id res_pjsip_diversion
res_pjsip_dlg_options res_pjsip_dtmf_info res_pjsip_empty_info res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user
res_pjsip_header_funcs res_pjsip_nat res_pjsip_outbound_authenticator_digest res_pjsip_outbound_registration res_pjsip_path
res_pjsip_pubsub res_pjsip_refer res_pjsip_registrar res_pjsip_rfc3326 res_pjsip_sdp_rtp res_pjsip_session res_rtp_asterisk
res_smdi res_sorcery_astdb res_sorcery_config res_sorcery_memory res_sorcery_memory_cache res_speech res_srtp res_timing_timerfd
`;

// Macro() went away with 21; queue and MixMonitor of 16 ask for res_monitor, its pjsip for these two.
const ONLY_16 = 'app_macro res_monitor res_pjsip_mwi res_http_websocket';
const ONLY_22 = 'res_cdrel_custom';

/** The text of modules.conf for a major version. */
export function modulesConf(major: AsteriskMajor): string {
  const names = `${MODULES} ${major === 16 ? ONLY_16 : ONLY_22}`.trim().split(/\s+/).sort();
  return ['[modules]', 'autoload=no', ...names.map((name) => `load=${name}.so`), ''].join('\n');
}

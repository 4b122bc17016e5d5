export const privacy = {
  refusals: {
    "no-notice": "There was no notice yet on that day.",
    "request-text-missing": "Please say what you want.",
    "request-text-too-long": "This is too long; at most {{limit}} signs.",
    "request-open":
      "The same request has come already and waits for its answer. You may ask again after it.",
    "request-not-here": "There is nothing here of which that could be asked.",
    "request-decided": "This request was answered already.",
    "decision-text-missing": "Please write reasons and result; the resident reads them.",
    "decision-text-too-long": "The answer is too long; at most {{limit}} signs.",
  },
  held: {
    phone: "Your telephone number",
    salutation: "How you are addressed",
    words: "What you said",
    place: "Where it is, down to the door",
    history: "What was done about it",
    photos: "Photos of the place",
    time: "The time agreed",
    quiet: "That this door wishes no visits, until you take it back or it ends",
    sealed: "A sealed tip and its number; the platform can't open it",
  },
  request: {
    copy: "A copy",
    correction: "A correction",
    deletion: "Deletion",
    explanation: "Why it is collected and how it is used",
  },
  decision: { granted: "Granted", partly: "Granted in part", refused: "Refused" },
  gone: {
    contact: "telephone and form of address",
    photos: "photos",
    words: "what you said, and all words in its history",
    door: "which door it was about",
  },
  kept: {
    open: "It is still being handled: what you said goes in the night after it ends. If you no longer want it handled, you may withdraw the matter.",
    protection:
      "Somebody may be in danger here, and the words may be evidence: the law asks to keep them (Anti-Domestic Violence Law art. 20), out of sight.",
    by_decision: "Granted in part: the words stay, for the reasons in the answer.",
    complaint_file:
      "A complaint's file is kept sealed for ten years (People's Police Law art. 46); its handlers alone can read it.",
    mediated:
      "It was mediated: number and day of an agreement are kept for ten years, without words.",
    passed_on:
      "To which body it was passed on, and when, is kept by law (Network Data Regulations art. 12), without words. What that body holds you may ask of it.",
    figures: "Only kind, days and outcome stay, for the figures; they tell nobody who it was.",
  },
  subject: {
    matter: "Matter",
    complaint: "Complaint about police",
    tip: "Tip",
    appointment: "Appointment",
    wish: "No visits",
    none: "No receipt",
  },
  requestOrigin: { page: "Page", desk: "Call or visit", paper: "Paper" },
  finding: {
    id_number: "This looks like an ID number. Please take it out.",
    phone:
      "This looks like a phone number. Please take it out; one left with consent goes in the field for it.",
    forbidden_word:
      "What a person is, believes, suffers from or has lived through is not recorded. Write only about the place and what is to be done.",
    third_party_name: "This looks like somebody else's name. Please take it out.",
  },
  retention: {
    attempt_log: "Attempts at doors",
    visit_record: "Records of visits",
    callback_phone: "Call-back numbers",
    occupancy_status: "Use of a home",
    access_need: "Language and access needs",
    matter: "Residents' matters",
    matter_document_reference: "Document references",
    complaint_file: "Complaint files",
    tip_id: "Tip references",
    message_text: "Words of messages and letters sent",
    data_request: "Data requests and their answers",
    support_visit: "Statutory support visits",
    safe_contact: "Safe contact details",
    callback_audio: "Call-back recordings",
    hazard_photo: "Photographs of hazards",
    survey_contact_link: "Survey contact details",
    survey_microdata: "Anonymous survey data",
    audit_log: "Audit trail",
    impact_assessment: "Impact assessments and disclosures",
    officer_device_time: "Officers' device and time data",
  },
} as const;

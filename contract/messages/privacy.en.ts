export const privacy = {
  refusals: { "no-notice": "There was no notice yet on that day." },
  finding: {
    id_number: "This looks like an ID number. Please take it out.",
    phone:
      "This looks like a phone number. It belongs in “call-back number”, with the person's consent.",
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

DROP TABLE curriculum_draft_files;
DROP TABLE curriculum_drafts;
